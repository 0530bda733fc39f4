using Exchange.Protocol;
using Google.Protobuf;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Tests.Protocol;

/// <summary>The ring that everyone reads: nothing torn, nothing skipped in silence.</summary>
public class OutboxTests
{
    private static void Add(Outbox outbox, long sequence, byte[] bytes)
    {
        var entry = new OutboxEntry { Sequence = sequence, Length = bytes.Length };
        bytes.CopyTo(outbox.Reserve(ref entry));
        outbox.Publish(in entry);
        outbox.Flush();
    }

    [Fact]
    public void What_was_published_is_read_until_it_is_overwritten_and_never_after()
    {
        var outbox = new Outbox(startSequence: 0);
        var random = new Random(1);
        var lengths = new List<int>();
        for (int i = 0; i < 300_000; i++)
        {
            int length = random.Next(1, 200);
            lengths.Add(length);
            byte[] bytes = new byte[length];
            Array.Fill(bytes, (byte)i);
            Add(outbox, i + 1, bytes);
            long check = random.NextInt64(outbox.Head, outbox.Tail);
            Assert.True(outbox.TryRead(check, out OutboxEntry entry));
            Assert.Equal(check + 1, entry.Sequence);
            ReadOnlySpan<byte> read = outbox.BytesOf(in entry);
            Assert.Equal(lengths[(int)check], read.Length);
            Assert.True(read.IndexOfAnyExcept((byte)check) < 0);
        }
        Assert.True(outbox.Tail - outbox.Head >= 100_000, $"Only {outbox.Tail - outbox.Head} entries are held.");
        Assert.False(outbox.TryRead(outbox.Head - 1, out _));
    }

    [Fact]
    public void A_resume_finds_what_comes_after_a_sequence_or_says_that_it_is_gone()
    {
        var outbox = new Outbox(startSequence: 10);
        Assert.Equal(0, outbox.FindAfter(10));
        Assert.Null(outbox.FindAfter(9));
        Assert.Null(outbox.FindAfter(11));
        for (int sequence = 11; sequence <= 20; sequence++)
        {
            Add(outbox, sequence, [1]);
            Add(outbox, sequence, [2]);
        }
        Assert.Equal(0, outbox.FindAfter(10));
        Assert.Equal(10, outbox.FindAfter(15));
        Assert.Equal(20, outbox.FindAfter(20));
        Assert.Null(outbox.FindAfter(21));
        for (int sequence = 21; sequence <= 200_000; sequence++)
            Add(outbox, sequence, [3]);
        Assert.Null(outbox.FindAfter(20));
        Assert.Equal(outbox.Tail - 1, outbox.FindAfter(199_999));
    }

    [Fact]
    public void Readers_beside_a_publisher_see_whole_events_in_order_or_learn_that_they_were_overtaken()
    {
        var outbox = new Outbox(startSequence: 0);
        bool done = false;
        long overtaken = 0, read = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(n => new Thread(() =>
        {
            long cursor = 0;
            var copy = new byte[512];
            while (!Volatile.Read(ref done) || cursor < outbox.Tail)
            {
                if (cursor >= outbox.Tail)
                {
                    Thread.Yield();
                    continue;
                }
                if (outbox.TryRead(cursor, out OutboxEntry entry))
                {
                    int length = entry.Length;
                    outbox.BytesOf(in entry).CopyTo(copy);
                    if (outbox.StillHeld(cursor))
                    {
                        if (entry.Sequence != cursor + 1 || copy.AsSpan(0, length).IndexOfAnyExcept((byte)entry.Sequence) >= 0)
                            throw new InvalidOperationException($"Entry {cursor} was torn.");
                        Interlocked.Increment(ref read);
                        cursor++;
                        continue;
                    }
                }
                Interlocked.Increment(ref overtaken);
                cursor = outbox.Tail;
            }
        }))];
        foreach (Thread reader in readers)
            reader.Start();
        for (int i = 0; i < 1_500_000; i++)
        {
            byte[] bytes = new byte[100 + (i % 200)];
            Array.Fill(bytes, (byte)(i + 1));
            Add(outbox, i + 1, bytes);
            // So few are held in any case: they have begun before they can be overtaken.
            if (i == 1_000)
                Assert.True(SpinWait.SpinUntil(() => Interlocked.Read(ref read) > 0, Patience.Limit));
        }
        Volatile.Write(ref done, true);
        foreach (Thread reader in readers)
            reader.Join();
        Assert.True(read > 0);
    }

    [Fact]
    public void A_frame_laid_together_parses_as_the_schema_says()
    {
        var frame = new FrameBuffer();
        byte[] body = new V1.ServerMessage { Sequence = 7, Ready = new V1.Ready { Sequence = 7 } }.ToByteArray();
        frame.AddMessage(body, requestId: 0);
        frame.AddMessage(body, requestId: 1);
        frame.AddMessage(body, requestId: ulong.MaxValue);
        frame.AddFrameNumber(300);
        V1.ServerFrame parsed = V1.ServerFrame.Parser.ParseFrom(frame.Written.Span);
        Assert.Equal([0UL, 1UL, ulong.MaxValue], parsed.Messages.Select(m => m.RequestId));
        Assert.All(parsed.Messages, m => Assert.Equal(7UL, m.Ready.Sequence));
        Assert.Equal(300UL, parsed.FrameNumber);
    }
}
