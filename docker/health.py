"""Is the site up? Asks on the container's own address, with a host name that it serves."""
import os
import sys
from http.client import HTTPConnection

host = os.environ.get("OT_HOSTS", "localhost").split(",")[0].lstrip(".")
connection = HTTPConnection("127.0.0.1", 8000, timeout=5)
# What the proxy says of a visitor's https, so that the site doesn't send us to it.
connection.request("GET", "/inloggen/", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status >= 400)
