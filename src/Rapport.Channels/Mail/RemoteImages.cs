using System.Net;

namespace Rapport.Channels.Mail;

/// <summary>Which of the images that lie elsewhere may be loaded, once somebody asks: over TLS, from a host of the public net. Never from the reader's own network, whose machines a mail could otherwise reach through the reader's browser.</summary>
public static class RemoteImages
{
    private static readonly string[] Inward = [".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa"];

    /// <summary>The address to load it from; null when it stays out.</summary>
    public static string? AddressOf(Uri image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Scheme is not ("http" or "https") || !image.IsDefaultPort || image.UserInfo.Length > 0 || !IsPublic(image.IdnHost)) return null;
        return new UriBuilder(image) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri.AbsoluteUri;
    }

    private static bool IsPublic(string host) =>
        !IPAddress.TryParse(host.Trim('[', ']'), out _) && host.TrimEnd('.').LastIndexOf('.') is var dot and > 0 && !host[(dot + 1)..].All(char.IsAsciiDigit)
        && !Array.Exists(Inward, i => host.TrimEnd('.').EndsWith(i, StringComparison.OrdinalIgnoreCase));
}
