using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Rapport.Bench;

/// <summary>A browser in which a member is signed in. It keeps the time of what it asks.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient client;

    private Browser(HttpClient client) => this.client = client;

    /// <summary>Signs in through the page, as a person would.</summary>
    public static async Task<Browser> SignInAsync(RealProgram program, string email, CancellationToken ct)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = program.Address };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var page = await client.GetStringAsync("/sign-in", ct);
        var fields = HiddenFields().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        (fields["Input.Email"], fields["Input.Password"]) = (email, Plan.Password);
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(fields), ct);
        return answer.StatusCode == HttpStatusCode.Found ? new(client) : throw new BenchException($"{email} could not sign in ({(int)answer.StatusCode}). Was the database made by 'generate'?");
    }

    /// <summary>The body of a page, and the milliseconds until its last byte was here.</summary>
    public async Task<(string Body, double Milliseconds)> GetAsync(string path, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? (body, took) : throw new BenchException($"{path} answered {(int)answer.StatusCode}: {body[..Math.Min(300, body.Length)]}");
    }

    /// <summary>Asks for every kind of path in turn, as often as is measured later but at most 200 times, and then measures one after the other: what is new to the program is compiled while it runs, whoever asks.</summary>
    public async Task<IReadOnlyList<Measured>> MeasureAsync(RealProgram program, int requests, IReadOnlyList<(string What, Func<int, string> Path)> asked, CancellationToken ct)
    {
        for (var i = 0; i < Math.Min(200, requests); i++)
            foreach (var (_, path) in asked) await GetAsync(path(requests + i), ct);
        var measured = new List<Measured>();
        foreach (var (what, path) in asked)
        {
            var (took, worked) = (new List<double>(), program.CpuMilliseconds);
            for (var i = 0; i < requests; i++) took.Add((await GetAsync(path(i), ct)).Milliseconds);
            measured.Add(Measured.Of(what, took, program.CpuMilliseconds - worked, program.PeakMegabytes));
        }
        return measured;
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*name="(?<name>[^"]*)"[^>]*value="(?<value>[^"]*)"[^>]*>""")]
    private static partial Regex HiddenFields();
}
