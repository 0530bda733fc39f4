using Exchange.Spelling;

namespace Exchange.Tests.Spelling;

public sealed class CodesTests
{
    [Fact]
    public void A_code_made_up_is_long_and_has_no_letters_that_look_alike()
    {
        var codes = Enumerable.Range(0, 200).Select(_ => Codes.MakeUp()).ToList();
        Assert.All(codes, code => Assert.Matches("^[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}$", code));
        Assert.All(codes, code => Assert.Null(Codes.Problem("code", Codes.Normalize(code))));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("k7mp2-xq9rt")]
    [InlineData(" K7MP2XQ9RT ")]
    [InlineData("K7 MP2\u00a0XQ9 RT")]
    public void Capitals_spaces_and_hyphens_do_not_matter(string typed) => Assert.Equal("K7MP2XQ9RT", Codes.Normalize(typed));

    [Theory]
    [InlineData("FRIDAY", true)]
    [InlineData("FRIDA", false)]
    [InlineData("", false)]
    [InlineData("NA\u00cfVE12", false)]
    public void A_chosen_code_has_six_letters_or_digits_at_least(string code, bool isGood) =>
        Assert.Equal(isGood, Codes.Problem("code", code) is null);
}
