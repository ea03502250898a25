using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>
/// Which addresses messages may go to. It is asked with the very address that is connected to, so a name that means something else a moment later does not get
/// around it. Private networks are where fleets and their receivers live: they are allowed.
/// </summary>
internal static class TargetPolicy
{
    private static readonly IPNetwork[] Private = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("fc00::/7")];
    private static readonly IPNetwork[] Never = [IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"), IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8")];

    /// <summary>Why nothing is sent there; null where it may be.</summary>
    /// <param name="clear">Whether it would travel without TLS.</param>
    public static string? Refusal(IPAddress address, bool clear, bool allowLoopback)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(real) ? (allowLoopback ? null : $"{real} is this machine itself; start the console with --notify-loopback to allow that")
            : Never.Any(network => network.Contains(real)) ? $"{real} is a link-local, multicast or reserved address: messages do not go there"
            : clear && !Private.Any(network => network.Contains(real)) ? $"{real} is a public address: messages go there with TLS only"
            : null;
    }

    /// <summary>Connects to the first address of the host that may be reached and answers.</summary>
    /// <exception cref="TargetRefusedException">None of them may be.</exception>
    public static async Task<Socket> ConnectAsync(string host, int port, bool clear, bool allowLoopback, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel).ConfigureAwait(false);
        Exception failure = new TargetRefusedException($"{host} has no address");
        foreach (var address in addresses)
        {
            if (Refusal(address, clear, allowLoopback) is { } refusal)
            {
                failure = new TargetRefusedException(refusal);
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancel).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }
}

/// <summary>The policy keeps messages from an address.</summary>
public sealed class TargetRefusedException : IOException
{
    public TargetRefusedException()
    {
    }

    public TargetRefusedException(string message)
        : base(message)
    {
    }

    public TargetRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
