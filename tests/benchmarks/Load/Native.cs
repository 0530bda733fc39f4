using System.Net;
using System.Runtime.InteropServices;

namespace Exchange.Benchmarks.Load;

/// <summary>The few system calls that .NET has no name for.</summary>
internal static unsafe partial class Native
{
    public const uint EpollIn = 1;
    public const int EpollAdd = 1;
    public const int SigTerm = 15;
    private const int SetTimerSlack = 29;

    /// <summary>As the kernel lays it out on x86-64: packed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public int Data;
        private readonly int _rest;
    }

    public struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc.so.6", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc.so.6", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, EpollEvent* what);

    [LibraryImport("libc.so.6", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(int epoll, EpollEvent* events, int max, Timespec* timeout, nint signals);

    [LibraryImport("libc.so.6", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc.so.6", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc.so.6", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int Nanosleep(Timespec* time, Timespec* rest);

    [LibraryImport("libc.so.6", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, ulong a, ulong b, ulong c, ulong d);

    [LibraryImport("libc.so.6", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int descriptor, byte* address, int length);

    public static int Connect(int descriptor, SocketAddress address)
    {
        fixed (byte* bytes = address.Buffer.Span)
            return Connect(descriptor, bytes, address.Size);
    }

    /// <summary>Lets the calling thread's sleeps end within a microsecond of their time instead of within 50.</summary>
    public static void SleepExactly() => _ = ProcessControl(SetTimerSlack, 1_000, 0, 0, 0);

    public static void Sleep(long ns)
    {
        var time = new Timespec { Seconds = ns / 1_000_000_000, Nanoseconds = ns % 1_000_000_000 };
        _ = Nanosleep(&time, null);
    }
}
