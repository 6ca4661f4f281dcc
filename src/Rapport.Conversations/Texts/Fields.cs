using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Rapport.Conversations;

/// <summary>A group of fields in a text: <c>person</c>, <c>me</c>.</summary>
internal sealed class Fields(string name, IReadOnlyDictionary<string, object> values, List<string> missing) : FluidValue
{
    public override FluidValues Type => FluidValues.Object;
    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);
    public override bool ToBooleanValue() => true;
    public override decimal ToNumberValue() => 0;
    public override string ToStringValue() => "";
    public override object ToObjectValue() => this;
    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        missing.Add(name);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<FluidValue> GetValueAsync(string field, TemplateContext context) =>
        ValueTask.FromResult<FluidValue>(values.TryGetValue(field, out var value) ? new StringValue((string)value) : new MissingField($"{name}.{field}", missing));
}

/// <summary>A field that is not known: false in a condition, and remembered as soon as it is to be written.</summary>
internal sealed class MissingField(string name, List<string> missing) : FluidValue
{
    public override FluidValues Type => FluidValues.Nil;
    public override bool Equals(FluidValue? other) => other?.IsNil() == true;
    public override bool ToBooleanValue() => false;
    public override decimal ToNumberValue() => 0;
    public override object ToObjectValue() => null!;
    public override bool IsNil() => true;
    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        missing.Add(name);
        return ValueTask.CompletedTask;
    }

    public override string ToStringValue()
    {
        missing.Add(name);
        return "";
    }

    public override ValueTask<FluidValue> GetValueAsync(string field, TemplateContext context) => ValueTask.FromResult<FluidValue>(new MissingField($"{name}.{field}", missing));
}
