"""One file or sub-package = one chat platform behind the `Channel` protocol."""
