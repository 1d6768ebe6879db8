"""Everything that tries to break the dialogue. `given` builds, `doing` acts, `verify` judges."""
