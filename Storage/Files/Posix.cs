using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Exchange.Storage;

/// <summary>
/// Functions of the C library that .NET does not have: the mask of new files' modes, a lock on a directory, flushing a directory. Where
/// there is no glibc they do nothing, and what stands beside them (a lock file, modes set one by one) has to do.
/// </summary>
internal static class Posix
{
    private const string Library = "libc.so.6";

    private const int LockExclusive = 2, LockNonBlocking = 4, CloseOnExec = 0x80000;

    /// <summary>errno: somebody else holds the lock.</summary>
    private const int WouldBlock = 11;

    /// <summary>Whatever this process creates from now on is its owner's alone.</summary>
    public static void CloseNewFilesToOthers() => Do(() => Umask(0b000_111_111));

    /// <summary>Opens a directory, to lock and flush it; null where that can't be done.</summary>
    public static SafeFileHandle? OpenDirectory(string path)
    {
        int descriptor = Do(() => Open(path, CloseOnExec));
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Locks it against other processes until it is closed. False: another process holds it.</summary>
    public static bool TryLock(SafeFileHandle handle) =>
        Flock(handle, LockExclusive | LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != WouldBlock;

    /// <summary>Has what a directory lists on disk: a rename is not before.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public static void Flush(SafeFileHandle directory)
    {
        if (Fsync(directory) != 0)
            throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
    }

    /// <summary>Which file is at a path; null: none, or it can't be told here.</summary>
    public static FileIdentity? Identify(string path)
    {
        // More than `struct stat` has on any system. Its first two fields, device and inode, are alike on all 64-bit Linux.
        const int StatBytes = 256;
        byte[] stat = new byte[StatBytes];
        return Do(() => Stat(path, stat)) == 0
            ? new FileIdentity(BitConverter.ToInt64(stat, 0), BitConverter.ToInt64(stat, sizeof(long)))
            : null;
    }

    private static int Do(Func<int> call)
    {
        if (!OperatingSystem.IsLinux())
            return -1;
        try
        {
            return call();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return -1;
        }
    }

    [DllImport(Library, EntryPoint = "umask")]
    private static extern int Umask(int mask);

    [DllImport(Library, EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport(Library, EntryPoint = "stat", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] into);

    [DllImport(Library, EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(SafeFileHandle file, int operation);

    [DllImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(SafeFileHandle file);
}

/// <summary>A file as the system knows it, whatever its name.</summary>
internal readonly record struct FileIdentity(long Device, long Inode);
