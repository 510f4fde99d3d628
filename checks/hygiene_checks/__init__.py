"""The checks that come with hygiene. They know the contract and nothing else of it."""
