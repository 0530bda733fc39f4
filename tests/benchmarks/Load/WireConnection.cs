using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Load;

/// <summary>
/// A client's WebSocket on a bare socket. Frames carry a mask of zeros, which is a mask like any other to the server.
/// </summary>
internal abstract class WireConnection : IDisposable
{
    private const int HeaderLength = 14;

    private readonly Socket _socket;
    private byte[] _in = new byte[16 * 1024];
    private int _inLength;
    private byte[] _message = [];
    private int _messageLength;
    private byte[] _out = new byte[4 * 1024];
    private int _outLength = HeaderLength;
    private ulong _lastFrame;

    protected WireConnection(int port)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        ReadHandshake();
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Why the server closed the connection, or null while it is open.</summary>
    public string? Closed { get; private set; }

    public long FramesReceived { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>One event or answer.</summary>
    protected abstract void OnMessage(ulong requestId, long sequence, int kind, ReadOnlySpan<byte> body);

    /// <summary>Adds a request to the frame that <see cref="Flush"/> sends.</summary>
    protected void Queue(V1.ClientMessage message)
    {
        int length = message.CalculateSize();
        if (_out.Length - _outLength < length + 6)
            Array.Resize(ref _out, (_out.Length * 2) + length);
        // ClientFrame.messages = 1.
        _out[_outLength++] = (1 << 3) | 2;
        int rest = length;
        while (rest >= 0x80)
        {
            _out[_outLength++] = (byte)(rest | 0x80);
            rest >>= 7;
        }
        _out[_outLength++] = (byte)rest;
        message.WriteTo(_out.AsSpan(_outLength, length));
        _outLength += length;
    }

    public void Flush()
    {
        int length = _outLength - HeaderLength;
        if (length == 0)
            return;
        _outLength = HeaderLength;
        int start = WriteHeader(opcode: 2, length);
        Send(_out.AsSpan(start, HeaderLength + length - start));
    }

    /// <summary>Puts the header right before the payload. Where it starts.</summary>
    private int WriteHeader(int opcode, int length)
    {
        int start = HeaderLength - (length < 126 ? 6 : 8);
        _out[start] = (byte)(0x80 | opcode);
        if (length < 126)
        {
            _out[start + 1] = (byte)(0x80 | length);
        }
        else
        {
            _out[start + 1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(_out.AsSpan(start + 2), checked((ushort)length));
        }
        _out.AsSpan(HeaderLength - 4, 4).Clear();
        return start;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Closed is null)
        {
            int sent = _socket.Send(bytes, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                _socket.Poll(1_000_000, SelectMode.SelectWrite);
            else if (error != SocketError.Success)
                Closed = $"send: {error}";
            else
                bytes = bytes[sent..];
        }
    }

    public void OnReadable()
    {
        if (_inLength == _in.Length)
            Array.Resize(ref _in, _in.Length * 2);
        int count = _socket.Receive(_in.AsSpan(_inLength), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
            return;
        if (count == 0 || error != SocketError.Success)
        {
            Closed ??= $"receive: {error}";
            _socket.Close();
            return;
        }
        BytesReceived += count;
        _inLength += count;
        int used = 0;
        while (TakeFrame(_in.AsSpan(used, _inLength - used)) is > 0 and int length)
            used += length;
        _in.AsSpan(used, _inLength - used).CopyTo(_in);
        _inLength -= used;
    }

    /// <summary>The length of the WebSocket frame at the beginning, handled; 0 if not all of it is there.</summary>
    private int TakeFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return 0;
        int header = 2;
        long length = bytes[1] & 0x7F;
        if (length == 126)
        {
            if (bytes.Length < 4)
                return 0;
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            header = 4;
        }
        else if (length == 127)
        {
            if (bytes.Length < 10)
                return 0;
            length = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
            header = 10;
        }
        if (bytes.Length < header + length)
            return 0;
        ReadOnlySpan<byte> payload = bytes.Slice(header, (int)length);
        Handle(bytes[0] & 0x0F, (bytes[0] & 0x80) != 0, payload);
        return header + (int)length;
    }

    private void Handle(int opcode, bool isLast, ReadOnlySpan<byte> payload)
    {
        switch (opcode)
        {
            case 2 when isLast:
                OnFrame(payload);
                break;
            case 0 or 2:
                Append(payload);
                if (isLast)
                {
                    OnFrame(_message.AsSpan(0, _messageLength));
                    _messageLength = 0;
                }
                break;
            case 8:
                Closed = $"close {(payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 0)}: "
                    + Encoding.UTF8.GetString(payload.Length > 2 ? payload[2..] : []);
                break;
            case 9:
                Span<byte> pong = stackalloc byte[6 + payload.Length];
                pong.Clear();
                pong[0] = 0x8A;
                pong[1] = (byte)(0x80 | payload.Length);
                payload.CopyTo(pong[6..]);
                Send(pong);
                break;
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_message.Length < _messageLength + part.Length)
            Array.Resize(ref _message, (_messageLength + part.Length) * 2);
        part.CopyTo(_message.AsSpan(_messageLength));
        _messageLength += part.Length;
    }

    /// <summary>A ServerFrame: messages = 1, frame_number = 2.</summary>
    private void OnFrame(ReadOnlySpan<byte> frame)
    {
        FramesReceived++;
        var reader = new ProtoReader(frame);
        while (reader.Read())
        {
            if (reader.Field == 1)
                OnMessage(reader.Bytes);
            else if (reader.Field == 2 && reader.Value != ++_lastFrame)
                throw new InvalidDataException($"Frame {reader.Value} came after frame {_lastFrame - 1}.");
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        ulong requestId = 0;
        long sequence = 0;
        int kind = 0;
        ReadOnlySpan<byte> body = default;
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    requestId = reader.Value;
                    break;
                case 2:
                    sequence = (long)reader.Value;
                    break;
                case >= 10:
                    kind = reader.Field;
                    body = reader.Bytes;
                    break;
            }
        }
        OnMessage(requestId, sequence, kind, body);
    }

    private void ReadHandshake()
    {
        Span<byte> one = stackalloc byte[1];
        var head = new StringBuilder();
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (_socket.Receive(one) == 0)
                throw new InvalidOperationException("The server closed the connection during the handshake.");
            head.Append((char)one[0]);
        }
        if (!head.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"The server refused the WebSocket: {head}");
    }

    public void Dispose() => _socket.Dispose();
}
