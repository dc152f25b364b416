#!/usr/bin/env python3
"""Golden tokens of Hugging Face's BERT tokenizers on a small vocabulary: texts.json. The vocabulary is made here, so
that every way through the algorithm is taken: whole words, pieces, unknown words, accents, Hangul, ideographs."""

import json

import tokenizers
from tokenizers import BertWordPieceTokenizer

WORDS = """[PAD] [UNK] [CLS] [SEP] [MASK] ! " # $ % & ' ( ) * + , - . / 0 1 2 3 : ; < = > ? @ [ ] ^ _ ` { | } ~
a b c d e f g h i j k l m n o p q r s t u v w x y z ##a ##b ##c ##d ##e ##f ##g ##h ##i ##j ##k ##l ##m ##n ##o ##p ##q
##r ##s ##t ##u ##v ##w ##x ##y ##z ##0 ##1 ##2 the capital of france is paris un ##aff ##able ##ing play ##ed embed
##ding ##dings quick brown fox jump ##s over lazy dog cafe naive resume uber strasse ##ß ß æ ø đ κ ##ο ##σ ##μ ##ο ##ς
к ##о ##т и ж ᄀ ##ᅡ ##ᆨ ##ᄂ ##ᅳ ##ᆯ 東 京 都 『 』 … — “ ” € ™ Paris Café ##ris The Tokyo tokyo""".split()

TEXTS = [
    "The capital of France is [MASK].",
    "unaffable playing played embeddings",
    "the quick brown fox jumps over the lazy dog!",
    "Café naïve résumé ÜBER Straße æøđ ÆØĐ",
    "", " ", "\t\n", "a", "[MASK]", "[MASK][MASK]paris", "x[SEP]y", "[mask]", "[ MASK ]",
    "don't stop: (a/b) = 3^2 & more...",
    "Κόσμος ΚΌΣΜΟΣ", "кот КОТ Йод й ж", "가각 나늘", "東京都は『東京』", "東x京", "…—“the”€5™",
    "a\u0301b e\u0301\u0302", "\u00adsoft\u200bzero\ufeffwidth", "a\u00a0b\u3000c\u2003d\u2028e", "tab\tnew\nline\r\nend",
    "a\x00b\ufffdc\x7fd", "İstanbul ǅ Ǆ ﬁ Ⅷ Ａ", "𐐀 𝒜 😀the", "the" * 40, "z" * 100, "z" * 101, "1.2,3:0",
    "qux THE The tHe", "a_b-c", "##ing ing", "@user #tag", "Ελλάδα ά ὰ ᾷ", "ñ n\u0303 ṩ ệ", "\u0300", "a \u0300 b",
]


def main():
    cases = []
    words = list(dict.fromkeys(WORDS))
    for lower in (True, False):
        tokenizer = BertWordPieceTokenizer({w: i for i, w in enumerate(words)}, lowercase=lower)
        for text in TEXTS:
            cases.append({"lower": lower, "text": text, "ids": tokenizer.encode(text).ids})
    with open("texts.json", "w", encoding="utf-8") as f:
        json.dump({"made_with": f"tokenizers {tokenizers.__version__}", "words": words, "cases": cases}, f,
                  ensure_ascii=True, indent=0)
        f.write("\n")


if __name__ == "__main__":
    main()
