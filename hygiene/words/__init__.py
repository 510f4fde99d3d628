"""The sentences of the program itself. See `contract.phrases`."""
