"""Finding anything one may read, by words, parts of words, pinyin and its initials."""
