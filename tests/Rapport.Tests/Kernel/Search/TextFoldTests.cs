using CsCheck;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Kernel.Search;

public class TextFoldTests
{
    [Theory]
    [InlineData("Łódź", "lodz")]
    [InlineData("Øresund Đurić", "oresund duric")]
    [InlineData("Straße STRAẞE", "strasse strasse")]
    [InlineData("İstanbul ısı", "istanbul isi")]
    [InlineData("Æther Œuvre", "aether oeuvre")]
    [InlineData("Þórður Guðrún", "thordur gudrun")]
    [InlineData("ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ")]
    [InlineData("مُحَمَّـــد أحمد إبراهيم آدم", "محمد احمد ابراهيم ادم")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("Ｒａｐｐｏｒｔ １２", "rapport 12")]
    [InlineData("Фёдор", "федор")]
    [InlineData("タナカ ﾀﾅｶ たなか", "たなか たなか たなか")]
    [InlineData("ガ ｶﾞ が", "が が が")]
    [InlineData("٠١٢ ۳۴", "012 34")]
    [InlineData("Nguyễn Ở", "nguyen o")]
    [InlineData("O’Neill", "o'neill")]
    [InlineData("ﬁne 𝐁𝐨𝐥𝐝", "fine bold")]
    [InlineData("a\u00ADb\u200Bc", "abc")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("한글", "한글")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("tab\tnew\nnul\0", "tab new nul ")]
    public void Text_is_folded_to_what_people_type(string text, string folded) => Assert.Equal(folded, TextFold.Fold(text));

    [Fact]
    public void A_decomposed_text_folds_like_the_composed_one() =>
        Gen.String[Gen.Char['\u00C0', '\u024F'], 0, 30].Sample(text =>
            Assert.Equal(TextFold.Fold(text), TextFold.Fold(text.Normalize(System.Text.NormalizationForm.FormD))));

    [Fact]
    public void Folding_twice_changes_nothing_and_nothing_makes_it_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[(char)0x1100, (char)0x31FF], 0, 60], Gen.String[Gen.Char[(char)0xD700, (char)0xFFFF], 0, 60])
            .Sample(text => { var once = TextFold.Fold(text); Assert.Equal(once, TextFold.Fold(once)); }, iter: 5000);

    [Fact]
    public void Every_letter_folds_like_its_capital_and_every_character_folds_once()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = ((char)code).ToString();
            var folded = TextFold.Fold(text);
            Assert.Equal(folded, TextFold.Fold(folded));
            if (char.IsLetter((char)code)) Assert.Equal(folded, TextFold.Fold(text.ToUpperInvariant()));
        }
    }

    [Fact]
    public void Capitals_of_common_scripts_never_matter() =>
        Gen.String[Gen.OneOf(Gen.Char['A', 'ɏ'], Gen.Char['Ͱ', 'ԯ'], Gen.Char['Ḁ', 'ỿ']).Where(char.IsLetter), 0, 40]
            .Sample(text => Assert.Equal(TextFold.Fold(text), TextFold.Fold(text.ToUpperInvariant())));

    [Fact]
    public void Folded_ascii_is_returned_as_it_is()
    {
        var text = new string("nothing to fold, 42".AsSpan());
        Assert.Same(text, TextFold.Fold(text));
    }

    [Fact]
    public void Words_are_runs_of_letters_and_digits() =>
        Assert.Equal(["anna", "o", "neill", "north", "example", "42"], TextFold.Words("anna o'neill@north.example 42"));

    [Fact]
    public void Two_character_names_and_single_characters_are_words() =>
        Assert.Equal(["王", "王明", "明", "anna", "김", "김철", "철", "철수", "수"], TextFold.Words("王明 anna 김철수"));

    [Fact]
    public void Rare_ideographs_are_never_cut_in_half() =>
        Assert.Equal(["𠮷", "𠮷野", "野"], TextFold.Words("𠮷野"));

    [Fact]
    public void Any_piece_of_an_unspaced_name_is_made_of_words_of_the_name() =>
        Gen.Select(Gen.String[Gen.Char['一', '龥'], 1, 12], Gen.Int[0, 11], Gen.Int[1, 12]).Sample((name, start, length) =>
        {
            start %= name.Length;
            var piece = name.Substring(start, Math.Min(length, name.Length - start));
            Assert.Subset(TextFold.Words(name).ToHashSet(), TextFold.Words(piece).ToHashSet());
        });
}
