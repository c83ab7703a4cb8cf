# Metadata is in setup.cfg; without this file setuptools guesses the packages.
import setuptools

setuptools.setup(setup_requires=["pbr>=6.1.1"], pbr=True)
