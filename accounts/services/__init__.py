"""What may happen to accounts, as verbs with `by=`."""
