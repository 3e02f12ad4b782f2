"""The scripted play of `make demo`: the main job through the public doors only, as four people would live it."""
