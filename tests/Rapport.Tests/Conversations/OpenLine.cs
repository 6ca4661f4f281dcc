using System.Net.ServerSentEvents;

namespace Rapport.Tests.Conversations;

/// <summary>An open page's line, as a browser holds it.</summary>
internal sealed class OpenLine : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private OpenLine(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        events = SseParser.Create(stream).EnumerateAsync(Ct).GetAsyncEnumerator(Ct);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens it; from where it was lost when <paramref name="heard"/> says so.</summary>
    public static async Task<OpenLine> OpenAsync(HttpClient browser, string on, string? heard = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/live?on={on}");
        if (heard is not null) request.Headers.Add("Last-Event-ID", heard);
        var response = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return new(response, await response.Content.ReadAsStreamAsync(Ct));
    }

    /// <summary>The next word of this kind, with the position it was said at; what only keeps the line open is passed over. Null when it has ended.</summary>
    public async Task<(string Data, long Position)?> NextAsync(string type = "message")
    {
        while (await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ct))
            if (events.Current.EventType == type) return (events.Current.Data, long.Parse(events.Current.EventId!, System.Globalization.CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>Waits until it says this.</summary>
    public async Task UntilAsync(string type, string data)
    {
        while (await NextAsync(type) is { } word)
            if (word.Data == data) return;
        Assert.Fail($"The line ended before it said {data}");
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        try
        {
            await events.DisposeAsync();
        }
        catch (Exception cut) when (cut is IOException or NotSupportedException or OperationCanceledException)
        {
            // Cut while it was being read, which is how browsers leave.
        }
    }
}
