using System.Net.Sockets;
using OpsConsole.Domain.Canaries.Runs;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>Reads from an exception what happened on the wire.</summary>
internal static class WireFacts
{
    /// <summary>Null where it is nothing of the wire: then the canary's own code threw.</summary>
    public static StepEnd? Of(Exception e) =>
        e switch
        {
            HttpRequestException http => OfRequest(http),
            HttpIOException io => OfError(io.HttpRequestError) ?? OfSocket(io) ?? StepEnd.BrokenOff,
            IOException => OfSocket(e) ?? StepEnd.BrokenOff,
            SocketException => OfSocket(e),
            TimeoutException => StepEnd.TimedOut,
            _ => null,
        };

    private static StepEnd? OfRequest(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.NameResolutionError ? StepEnd.NoName
        : OfSocket(e) ?? OfError(e.HttpRequestError) ?? (e.InnerException is { } inner ? Of(inner) : StepEnd.BrokenOff);

    private static StepEnd? OfError(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => StepEnd.NoName,
            HttpRequestError.ConnectionError => StepEnd.Refused,
            HttpRequestError.ResponseEnded => StepEnd.BrokenOff,
            HttpRequestError.SecureConnectionError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.VersionNegotiationError or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.ExtendedConnectNotSupported => StepEnd.Garbled,
            _ => null,
        };

    private static StepEnd? OfSocket(Exception e)
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            if (at is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoRecovery or SocketError.NoData => StepEnd.NoName,
                    SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.HostDown => StepEnd.Refused,
                    SocketError.TimedOut => StepEnd.TimedOut,

                    // Our own machine: no ports, files or memory left, or no way out of it.
                    SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.AccessDenied => StepEnd.NoRoom,
                    _ => StepEnd.BrokenOff,
                };
            }
        }

        return null;
    }
}
