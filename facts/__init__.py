"""What every dated fact has in common: happened, recorded, withdrawn (docs/adr/0001).

The ground floor: it knows no app, and any app may stand on it.
"""
