"""Readers: one dialect of extensions a module; called by :mod:`..collect`."""
