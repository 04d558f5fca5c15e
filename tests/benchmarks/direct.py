"""`qingliu run --direct` as a user starts it; its figures are of the whole process, publishing and imports included."""

from flows.cli import main

if __name__ == "__main__":
    main()
