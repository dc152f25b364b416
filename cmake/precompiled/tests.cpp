// Gives the programs that share tests' precompiled header something to be made with.
