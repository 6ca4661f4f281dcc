using System.Net;

namespace Rapport.Tests;

/// <summary>Keeps cookies as a browser would whose clock is the program's, not this machine's, and says like a browser that its requests come from our own pages.</summary>
internal sealed class KeepsCookies() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> cookies = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("Sec-Fetch-Site")) request.Headers.Add("Sec-Fetch-Site", "same-origin");
        lock (gate)
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var all))
            foreach (var each in all) Take(each);
        return response;
    }

    private void Take(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0][..parts[0].IndexOf('=')], parts[0][(parts[0].IndexOf('=') + 1)..]);
        var gone = value.Length == 0 || parts.Any(part => part.StartsWith("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase));
        lock (gate)
            if (gone) cookies.Remove(name);
            else cookies[name] = value;
    }
}
