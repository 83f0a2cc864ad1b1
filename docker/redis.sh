#!/bin/sh
# The password goes through a file, so that it isn't in the list of processes.
set -eu
umask 077
cat > /tmp/redis.conf <<CONF
requirepass $REDIS_PASSWORD
dir /data
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
CONF
exec docker-entrypoint.sh redis-server /tmp/redis.conf
