"""Orchestration against Protocols: fetch, moderate, publish, commit, in that order and never another."""
