"""The site made of docs/: reference pages written from the program, and what makes a site of the rest."""
