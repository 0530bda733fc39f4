using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Exchange.Tests.Markets;

/// <summary>Records as text with all that is in them, arrays too, so that what differs can be found and read.</summary>
internal static class Deep
{
    private static readonly ConcurrentDictionary<Type, MemberInfo[]> s_members = [];

    public static string Text(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string s:
                text.Append('\'').Append(s).Append('\'');
                break;
            case Exchange.Markets.Price or Exchange.Markets.Quantity or Exchange.Markets.Cash or bool or Enum:
                text.Append(value);
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (object? item in list)
                {
                    text.Append(' ');
                    Append(text, item);
                }
                text.Append(" ]");
                break;
            default:
                text.Append(value.GetType().Name).Append('(');
                foreach (MemberInfo member in s_members.GetOrAdd(value.GetType(), MembersOf))
                {
                    text.Append(' ').Append(member.Name).Append(' ');
                    Append(text, member is FieldInfo field ? field.GetValue(value) : ((PropertyInfo)member).GetValue(value));
                }
                text.Append(" )");
                break;
        }
    }

    private static MemberInfo[] MembersOf(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0),
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance),
    ];
}
