"""Reading what residents write: a message, one chain entry, and who a remark names."""
