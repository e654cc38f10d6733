"""The command line: data on standard output, narration on standard error, one sentence for each error."""
