"""First and last names to combine; together they name nobody."""

FIRST_NAMES = (
    "Amira", "Bram", "Chaima", "Daan", "Elif", "Femke", "Giovanni", "Hanna", "Ilse", "Jamal",
    "Kaya", "Lotte", "Mohamed", "Noor", "Omar", "Priya", "Quinten", "Rosa", "Sanne", "Tariq",
    "Uma", "Vera", "Wout", "Xenia", "Yusuf", "Zoë",
)  # fmt: skip
LAST_NAMES = (
    "Aalders", "Bakker", "Celik", "Dekker", "El Amrani", "Faber", "Gerritsen", "Haddad",
    "Idrissi", "Jansen", "Kaya", "Lont", "Martina", "Nieuwland", "Oosterbaan", "Pinas",
    "Quispel", "Rozema", "Sital", "Tuinman", "Uiterwaal", "Vermaas", "Wijngaarde", "Yildiz",
    "Zeldenrust",
)  # fmt: skip
