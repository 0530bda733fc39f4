using Exchange.Auth;
using Exchange.Spelling;

namespace Exchange.Tests.Spelling;

public sealed class NamesTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("Ada Lovelace")]
    [InlineData("José Núñez-O'Neill")]
    [InlineData("Jose\u0301")]
    [InlineData("王伟")]
    [InlineData("Łukasz")]
    [InlineData("محمد")]
    [InlineData("team 7 🦊")]
    [InlineData("Саша Иванова")]
    [InlineData("Βασίλης")]
    [InlineData("Вера")]
    [InlineData("山田 Taro")]
    [InlineData("ソニーのTV")]
    [InlineData("Δx and 2π")]
    [InlineData("I ❤\ufe0f tea")]
    [InlineData("Ann (admin)")]
    [InlineData("Ann Housemann")]
    [InlineData("1234567890123456789012345678901234567890")]
    [InlineData("🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊")]
    public void Names_people_have_are_good(string name) => Assert.Null(DisplayNames.Problem(name, maySpeakForExchange: false));

    [Theory]
    [InlineData("", "1 to 40")]
    [InlineData("12345678901234567890123456789012345678901", "1 to 40")]
    [InlineData(" Ada", "space")]
    [InlineData("Ada ", "space")]
    [InlineData("Ada\u00a0", "space")]
    [InlineData("\u3000Ada", "space")]
    [InlineData(" ", "space")]
    [InlineData("A\0da", "control")]
    [InlineData("Ada\n", "control")]
    [InlineData("A\u007fda", "control")]
    [InlineData("\u202eadA", "direction")]
    [InlineData("Ada\u2066", "direction")]
    [InlineData("A\u200bda", "invisible")]
    [InlineData("A\u00adda", "invisible")]
    [InlineData("A\u2028da", "control")]
    [InlineData("\u3164", "invisible")]
    [InlineData("\ufeffAda", "invisible")]
    [InlineData("Ada\ufe0f", "invisible")]
    [InlineData("Student  1", "two spaces in a row")]
    [InlineData("Student\u00a01", "another width")]
    [InlineData("Bоss", "is not the 'o' that it looks like")]
    [InlineData("tеacher", "U+0435")]
    [InlineData("Αda", "two alphabets")]
    [InlineData("Mocквa", "two alphabets")]
    [InlineData("Admin", "the exchange's own")]
    [InlineData("ADMIN 2", "as in 'Ann'")]
    [InlineData("Аdмin", "two alphabets")]
    [InlineData("Adrnin", "the exchange's own")]
    [InlineData("house_maker", "the exchange's own")]
    [InlineData("House noise trader (3)", "the exchange's own")]
    [InlineData("ｓｙｓｔｅｍ", "the exchange's own")]
    public void Names_that_mislead_are_not(string name, string says) =>
        Assert.Contains(says, DisplayNames.Problem(name, maySpeakForExchange: false)!, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_is_refused() => Assert.NotNull(Names.Problem("name", "Ada" + (char)0xD800));

    [Theory]
    [InlineData("Ada", "aDA")]
    [InlineData("JOSÉ", "Jose\u0301")]
    [InlineData("Ａｄａ", "ada")]
    [InlineData("ﬁnn", "FINN")]
    [InlineData("Zoë", "zoe\u0308")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    [InlineData("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("q\u0307\u0323", "Q\u0323\u0307")]
    [InlineData("Å", "\u212b")]
    [InlineData("𝔸𝕕𝕒", "Ada")]
    public void Two_spellings_of_a_name_are_one(string one, string other) =>
        Assert.Equal(Names.Normalize(one), Names.Normalize(other));

    [Theory]
    [InlineData("Jose", "José")]
    [InlineData("Ada", "Ad a")]
    [InlineData("Ella", "Elia")]
    [InlineData("ELLA", "Elia")]
    [InlineData("Lukasz", "Łukasz")]
    [InlineData("Вера", "Vera")]
    [InlineData("Student 1", "Student 11")]
    [InlineData("Team A", "Team B")]
    public void Different_names_stay_so(string one, string other)
    {
        Assert.NotEqual(Names.Normalize(one), Names.Normalize(other));
        Assert.False(Names.AreAlike(one, other));
    }

    [Theory]
    [InlineData("Ada", "Adа")]
    [InlineData("Boss", "bоѕѕ")]
    [InlineData("Café", "cafe\u0301")]
    [InlineData("café", "саfe\u0301")]
    [InlineData("Bill", "BiII")]
    [InlineData("Bill", "Bi1l")]
    [InlineData("Oscar", "0scar")]
    [InlineData("Tom", "Torn")]
    [InlineData("Ian", "lan")]
    [InlineData("Вос", "boc")]
    [InlineData("Student 1", "student  1")]
    [InlineData("tea ☀", "TEA ☀\ufe0f")]
    [InlineData("Ёлка", "Е\u0308лка")]
    public void Names_that_look_alike_are_alike(string one, string other)
    {
        Assert.True(Names.AreAlike(one, other));
        Assert.True(Names.AreAlike(other, one));
    }

    [Fact]
    public void What_ASCII_looks_like_is_as_the_tables_say()
    {
        for (int c = '!'; c <= '~'; c++)
        {
            string looks = LookAlikeTables.Instance.SkeletonOf(c) ?? ((char)c).ToString();
            Assert.Equal($"looks x{looks}x", Names.Keys($"x{(char)c}x")[^1]);
        }
    }

    [Theory]
    [InlineData("\u1e9b\u0323", "\u1e69")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("\ufdfa", "صلى الله عليه وسلم")]
    [InlineData("\u0b47\u0300\u0b3e", "\u0b47\u0300\u0b3e")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\uac00\u11a7", "\uac00\u11a7")]
    [InlineData("a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b")]
    [InlineData("\U0001d15e", "\U0001d157\U0001d165")]
    public void Form_KC_is_Unicodes(string text, string normal) => Assert.Equal(normal, Nfkc.Normalize(text));
}
