"""One file = one subcommand: `arguments(parser)` declares its options, `run(options)` returns the exit status."""
