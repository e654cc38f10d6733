"""What a patient does with her record, step by step: one conversation, whether on a screen or line by line.

A flow is a generator of steps (baladeur.flows.steps). It knows no screen and no language: a step names its sentences,
and whoever shows it words them. It acts through the one door (baladeur.session) only.
"""
