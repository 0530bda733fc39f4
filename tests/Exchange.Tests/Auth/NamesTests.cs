using Exchange.Auth;

namespace Exchange.Tests.Auth;

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
    [InlineData("1234567890123456789012345678901234567890")]
    [InlineData("🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊")]
    public void Names_people_have_are_good(string name) => Assert.Null(Names.Problem(name));

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
    public void Names_that_mislead_are_not(string name, string says) =>
        Assert.Contains(says, Names.Problem(name)!, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_is_refused() => Assert.NotNull(Names.Problem("Ada" + (char)0xD800));

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
    [InlineData("Ada", "Adа")]
    [InlineData("Jose", "José")]
    [InlineData("Ada", "Ad a")]
    public void Different_names_stay_so(string one, string other) =>
        Assert.NotEqual(Names.Normalize(one), Names.Normalize(other));

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
