using System.Net;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

public sealed class WrongCodesTests
{
    private const string Long = "K7MP2-XQ9RT", Short = "four";
    private static readonly IPAddress School = IPAddress.Parse("192.0.2.2");

    private readonly ManualTime _time = new();
    private readonly WrongCodes _codes;

    public WrongCodesTests() => _codes = new WrongCodes(_time);

    [Fact]
    public void A_user_has_five_free_then_waits_twice_as_long_each_time_up_to_a_quarter_of_an_hour()
    {
        for (int i = 0; i < 6; i++)
            Assert.Null(Try(1, Long));
        foreach (int seconds in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), Try(1, Long));
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Null(Try(1, Long));
        }
        Assert.Null(Try(2, Long));
        _time.Advance(TimeSpan.FromHours(1));
        for (int i = 0; i < 6; i++)
            Assert.Null(Try(1, Long));
    }

    [Fact]
    public void Right_ones_count_for_nothing()
    {
        for (int i = 0; i < 500; i++)
        {
            Assert.Null(Try(1, Short));
            _codes.WasRight(Short, School, 1, "room");
        }
    }

    [Fact]
    public void An_address_waits_after_sixty_and_a_room_after_two_hundred_up_to_a_minute_for_codes_that_could_be_guessed()
    {
        for (int user = 1; user <= 61; user++)
            Assert.Null(_codes.Try(Short, School, user, $"room {user}"));
        Assert.Equal(TimeSpan.FromSeconds(1), _codes.Try(Short, School, 1_000, "another room"));
        Assert.Null(_codes.Try(Short, Address(1), 1_000, "another room"));

        for (int i = 0; i < 200; i++)
            Assert.Null(_codes.Try(Short, Address(2 + i), 2_000 + i, "another room"));
        Assert.Equal(TimeSpan.FromSeconds(1), _codes.Try(Short, Address(900), 3_000, "another room"));
        for (int i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(_codes.Try(Short, Address(900 + i), 3_000 + i, "another room"));
        }
        Assert.Equal(TimeSpan.FromMinutes(1), _codes.Try(Short, Address(999), 4_000, "another room"));
    }

    [Fact]
    public void Who_holds_a_long_code_is_locked_out_neither_by_a_neighbour_nor_by_those_who_guess_at_the_room()
    {
        for (int user = 1; user <= 1_000; user++)
            Assert.Null(Try(user, Long));
        // Who was wrong before waits a moment, who was not does not.
        Assert.Equal(TimeSpan.FromMilliseconds(100), Try(1, Long));
        Assert.Null(Try(2_000, Long));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(Try(1, Long));
        // And nobody's long ones count against who types a short one.
        Assert.Null(Try(3_000, Short));
    }

    [Fact]
    public void Hyphens_and_spaces_make_no_code_longer()
    {
        for (int user = 1; user <= 61; user++)
            Assert.Null(_codes.Try("f-o-u-r", School, user, $"room {user}"));
        Assert.NotNull(_codes.Try("f o u r -----", School, 1_000, "another room"));
    }

    private TimeSpan? Try(long userId, string code) => _codes.Try(code, School, userId, "room");

    private static IPAddress Address(int i) => new([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
}
