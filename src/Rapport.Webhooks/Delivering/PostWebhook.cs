using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Rapport.Webhooks;

/// <summary>What came of telling an endpoint.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Said">The beginning of the answer, or what kept it from coming.</param>
internal sealed record Told(int? Status, int Milliseconds, string Said)
{
    public bool Taken => Status is >= 200 and < 300;
    /// <summary>The endpoint says that it is not there any more.</summary>
    public bool Gone => Status == 410;
}

/// <summary>Sends an event to an endpoint: to a public address, checked as it is connected to; no redirect is followed, little is read, and it is not waited for long.</summary>
internal sealed class PostWebhook(WebhooksOptions options) : IDisposable
{
    private const int MostRead = 4 * 1024, MostHeaders = 16;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxResponseHeadersLength = MostHeaders, MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, options.AllowPrivateAddresses, ct),
    }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends it, signed by these secrets.</summary>
    public async Task<Told> RunAsync(string url, WebhookEvent what, IEnumerable<string> secrets, DateTimeOffset now, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var request = Request(url, what, secrets, now);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var said = await BeginningAsync(response.Content, limit.Token);
            return new((int)response.StatusCode, Passed(), (int)response.StatusCode is >= 300 and < 400 ? $"It leads elsewhere ({response.Headers.Location}); that is not followed. Write the address that it leads to." : said);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, Passed(), $"No answer within {options.TimeoutSeconds} seconds.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(null, Passed(), Cut(failure.GetBaseException().Message));
        }

        int Passed() => (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static HttpRequestMessage Request(string url, WebhookEvent what, IEnumerable<string> secrets, DateTimeOffset now)
    {
        var (id, timestamp) = ($"evt_{what.Id.Value:N}", now.ToUnixTimeSeconds());
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(what.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecrets.Sign(secrets, id, timestamp, what.Body));
        request.Headers.UserAgent.ParseAdd("Rapport-Webhooks");
        return request;
    }

    // The address is looked up here and connected to here: a name that answers differently the second time gains nothing.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, bool anywhere, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(to.Host, out var one) ? [one] : await Dns.GetHostAddressesAsync(to.Host, ct);
        var allowed = anywhere ? addresses : Array.FindAll(addresses, PublicAddresses.Contain);
        if (allowed.Length == 0) throw new IOException($"{to.Host} lies in a private network, and nothing is sent there. Whoever runs Rapport can allow it: Webhooks__AllowPrivateAddresses.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken ct)
    {
        var (buffer, read) = (new byte[MostRead], 0);
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (read < MostRead && await stream.ReadAsync(buffer.AsMemory(read), ct) is > 0 and var more) read += more;
        return Cut(Encoding.UTF8.GetString(buffer, 0, read));
    }

    private static string Cut(string text)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return plain.Length > WebhookAttempt.LongestSaid ? plain[..WebhookAttempt.LongestSaid] : plain;
    }

    public void Dispose() => http.Dispose();
}
