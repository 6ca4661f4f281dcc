using Rapport.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>A text with fields is filled in, or says what it lacks; it can neither run on nor grow.</summary>
public sealed class TemplateTests
{
    private static readonly Dictionary<string, object> Jane = new() { ["person"] = new Dictionary<string, object> { ["name"] = "Jane <Doe>" } };

    [Theory]
    [InlineData("Dear {{ person.name }},", "Dear Jane <Doe>,")]
    [InlineData("{% if person.name contains \"Jane\" %}Hello{% else %}Sir{% endif %}", "Hello")]
    [InlineData("{{ person.name | upcase }}", "JANE <DOE>")]
    [InlineData("{% if person.given_name %}Dear {{ person.given_name }}{% else %}Hello{% endif %}", "Hello")]
    [InlineData("{{ person.given_name | default: \"there\" }}", "there")]
    [InlineData("no fields", "no fields")]
    public async Task Fields_and_conditions_are_filled_in_as_plain_text(string text, string filled) => Assert.Equal(filled, (await Template.FillAsync(text, Jane)).Value);

    [Theory]
    [InlineData("Dear {{ person.given_name }},", "person.given_name")]
    [InlineData("{{ nobody }}", "nobody")]
    [InlineData("{{ organization.name }} and {{ person.name }}", "organization")]
    public async Task A_field_that_is_not_known_is_named(string text, string field)
    {
        var refusal = (await Template.FillAsync(text, Jane)).Refusal;
        Assert.Equal("text.missing", refusal?.Code);
        Assert.Contains(field, refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for i in (1..1000000000) %}again {% endfor %}", "text.unreadable")]
    [InlineData("{{ person.name", "text.unreadable")]
    [InlineData("{% assign a = 'b' %}", "text.unreadable")]
    [InlineData("{% include 'passwords' %}", "text.unreadable")]
    public async Task What_has_no_end_or_cannot_be_read_is_refused_with_a_sentence(string text, string code) => Assert.Equal(code, (await Template.FillAsync(text, Jane)).Refusal?.Code);

    [Theory]
    [InlineData("{{ person.name | replace: \"Jane\", \"Joan\" | append: \".\" }}", "Joan <Doe>.")]
    [InlineData("{{ person.name | strip | downcase | capitalize | truncate: 5 }}", "Ja...")]
    public async Task Small_changes_of_a_field_are_made(string text, string filled) => Assert.Equal(filled, (await Template.FillAsync(text, Jane)).Value);

    [Fact]
    public async Task A_text_that_grows_within_a_field_is_stopped_before_it_fills_the_memory()
    {
        var grows = "{{ \"aaaaaaaaaa\"" + string.Concat(Enumerable.Repeat(" | replace: \"a\", \"aaaaaaaaaa\"", 8)) + " | size }}";
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("text.endless", (await Template.FillAsync(grows, Jane)).Refusal?.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
        Assert.Equal("text.endless", (await Template.FillAsync("{{ \"" + new string('a', 20_000) + "\" | replace: \"a\", \"" + new string('b', 20_000) + "\" | size }}", Jane)).Refusal?.Code);
    }

    [Theory]
    [InlineData("{{ person.name | split: \"\" | join: \"-\" }}", "split")]
    [InlineData("{{ person.name | upcase | slugify }}", "slugify")]
    [InlineData("{% if nobody %}{% for one in nobody %}{{ one | slugify }}{% endfor %}{% endif %}", "slugify")]
    [InlineData("{% unless person %}Hello{% else %}{{ person.name | append: nobody | slugify }}{% endunless %}", "slugify")]
    public async Task A_filter_that_is_not_known_here_is_named_before_the_text_is_ever_filled_in(string text, string filter)
    {
        Assert.Contains(filter, Template.Check(text), StringComparison.Ordinal);
        Assert.Equal("text.unreadable", (await Template.FillAsync(text, Jane)).Refusal?.Code);
    }

    [Fact]
    public async Task A_loop_over_loops_comes_to_its_end_by_its_steps()
    {
        const string List = "{% for a in all %}";
        var endless = string.Concat(Enumerable.Repeat(List, 6)) + "again" + string.Concat(Enumerable.Repeat("{% endfor %}", 6));
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("text.endless", (await Template.FillAsync(endless, new Dictionary<string, object> { ["all"] = Enumerable.Range(0, 100).ToArray() })).Refusal?.Code);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }
}
