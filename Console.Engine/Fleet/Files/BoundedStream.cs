namespace OpsConsole.Engine.Fleet.Files;

internal sealed class FileTooLongException() : IOException("the input is longer than allowed");

/// <summary>Ends with an exception where its source gives more than it may.</summary>
internal sealed class BoundedStream(Stream source, long most) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, count);
        _read += read;
        return _read > most ? throw new FileTooLongException() : read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
