"""Decides; opens no file, starts no process, asks no operating system."""
