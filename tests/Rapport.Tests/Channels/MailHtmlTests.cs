using CsCheck;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

public class MailHtmlTests
{
    // Seconds: linear work takes far less even on a machine under load, quadratic work minutes.
    private const int HangsBeyond = 30;

    private static readonly string[] Pieces = ["<", ">", "a", "<p", "</", "\"", "'", "=", "<!--", "-->", "<script>", " ", "&", "&#", "style", "<b>", "<table>", "\n", "é"];

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<a href=\"/sign-out\">x</a>")]
    [InlineData("<iframe src=\"https://example.com\"></iframe>")]
    [InlineData("<form action=\"https://example.com\"><input name=a><button>x</button></form>")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://example.com\">")]
    [InlineData("<base href=\"https://example.com\">")]
    [InlineData("<link rel=stylesheet href=\"https://example.com/a.css\">")]
    [InlineData("<style>body{display:none}</style>")]
    [InlineData("<div style=\"position:fixed;background:url(https://example.com/dot)\">x</div>")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>")]
    [InlineData("<table background=\"https://example.com/dot\"><tr><td>x</td></tr></table>")]
    [InlineData("<img src=\"https://example.com/a.png\" srcset=\"https://example.com/b.png 2x\">")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>")]
    [InlineData("<p id=main class=\"page-header\" name=x>x</p>")]
    public void Nothing_hostile_survives(string html)
    {
        var clean = MailHtml.Clean("<p>Before</p>" + html).Html;
        Assert.StartsWith("<p>Before</p>", clean);
        foreach (var bad in (string[])["script", "onerror", "javascript", "data:", "sign-out", "iframe", "form", "input", "meta", "base", "link", "style", "url(", "svg", "math", "example.com", "srcset", "id=", "page-header", "name="])
            Assert.DoesNotContain(bad, clean);
    }

    [Fact]
    public void Remote_images_wait_until_somebody_asks_and_dots_that_watch_never_come()
    {
        const string html = "<img src=\"https://example.com/a.png\" alt=\"The pump\"><img src=\"https://example.com/dot\" width=1 height=1>";
        var blocked = MailHtml.Clean(html);
        Assert.Equal(("<span class=\"mail-blocked\">The pump</span>", 1), (blocked.Html, blocked.RemoteBlocked));
        var shown = MailHtml.Clean(html, new(RemoteUrl: uri => uri.AbsoluteUri)).Html;
        Assert.Contains("src=\"https://example.com/a.png\"", shown);
        Assert.DoesNotContain("dot", shown);
    }

    [Fact]
    public void Pictures_of_the_mail_itself_come_from_us() =>
        Assert.Contains("src=\"/files/7\"", MailHtml.Clean("<img src=\"cid:logo@example\">", new(ContentUrl: id => id == "logo@example" ? "/files/7" : null)).Html);

    [Fact]
    public void Links_lead_outward_and_tell_nothing() =>
        Assert.Equal("<a href=\"https://example.com/\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>", MailHtml.Clean("<a href=\"https://example.com/\" rel=opener ping=\"https://example.net\">x</a>").Html);

    [Fact]
    public void The_useful_few_styles_become_classes() =>
        Assert.Equal("<p class=\"mail-bold mail-center\">x</p>", MailHtml.Clean("<p style=\"text-align: center; font-weight:bold; position:fixed\">x</p>").Html);

    [Fact]
    public void Html_beyond_all_bounds_is_shown_as_its_text()
    {
        foreach (var html in (string[])[Repeat("<div>", 100_000) + "Hello", Repeat("<b><p>", 30_000) + "Hello", Repeat("<a href=\"x\">", 100_000) + "Hello", new string('x', 5_000_000), Repeat("<blockquote>", 50_000) + Repeat("Hello<br>", 50_000)])
        {
            var clean = MailHtml.Clean(html);
            Assert.NotNull(clean.Problem);
            Assert.StartsWith("<p class=\"mail-text\">", clean.Html);
        }

        static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
    }

    [Fact]
    public void Html_as_text_reads_like_a_mail() => Assert.Equal(
        "Dear Bob,\n\nthe list:\n\n- one\n- two\n\nSee our page <https://example.com/p>.\n\n> quoted\n> more",
        MailHtml.ToText("<html><head><title>T</title></head><body><p>Dear\n Bob,</p><p>the list:</p><ul><li>one</li><li>two</li></ul><p>See <a href=\"https://example.com/p\">our page</a>.</p><span style=\"display: none\">hidden</span><blockquote>quoted<br>more</blockquote>"));

    [Theory]
    [InlineData("<svg>")]
    [InlineData("<!--")]
    [InlineData("<a href=\"")]
    [InlineData("<blockquote>x")]
    [InlineData("<p style='display:none'>x")]
    public void A_million_characters_become_text_in_linear_time(string piece)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        MailHtml.ToText(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, HangsBeyond);
    }

    [Fact]
    public void Any_characters_become_text_and_clean_html_without_an_exception() =>
        Check.Sample(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60], pieces =>
        {
            var html = string.Concat(pieces);
            MailHtml.ToText(html);
            Assert.DoesNotContain("<script", MailHtml.Clean(html).Html);
        }, iter: 3_000);
}
