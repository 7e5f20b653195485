"""Records what transformers' Jinja makes of short templates, for src/test/resources/jinja/golden.json.

Made with: Python 3, transformers 5.18.0, jinja2 3.1.6. Seed: none.
Command, from the repository's root: python references/make_jinja_golden.py

Every row is a template, and its text or its error (the type and its words; "read" where the template
cannot even be compiled). The variables are the same for all rows and stand in the file. The clock is
fixed, as everything else is.
"""

import datetime
import json
from pathlib import Path

import jinja2
import transformers
from transformers.utils import chat_template_utils

TARGET = Path(__file__).resolve().parent.parent / "src/test/resources/jinja/golden.json"
NOW = datetime.datetime(2024, 7, 6, 9, 5, 3, 42)


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


VARIABLES = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello  é\n<b> 😀"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"type": "function", "function": {"name": "look", "arguments": {"at": "it's", "n": 2}}}
            ],
        },
        {"role": "tool", "name": "look", "content": "{\"found\": true}"},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\n Yo\n"},
    ],
    "tools": [
        {
            "type": "function",
            "function": {
                "name": "look",
                "description": "Looks at \"it\" & <more>.",
                "parameters": {
                    "type": "object",
                    "properties": {"at": {"type": "string"}, "n": {"type": ["integer", "null"]}},
                    "required": ["at"],
                },
            },
        }
    ],
    "documents": None,
    "add_generation_prompt": True,
    "bos_token": "<s>",
    "number": 7,
    "big": 12345678901234567890,
    "real": 2.5,
    "yes": True,
    "empty": [],
    "words": ["b", "A", "c", "a"],
    "rows": [
        {"k": "x", "v": 3, "in": {"n": 1}},
        {"k": "y", "v": 1, "in": {"n": 2}},
        {"k": "X", "v": 2, "in": {"n": 3}},
    ],
    "text": "the quick-brown fox\njumps",
}

TEMPLATES = r"""
{{ 'a' 'b' "c" }}
{{ '' or 'x' }}{{ 'a' and 'b' }}{{ [] or none }}{{ 0 and 1 }}{{ not 0 }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ 'B' < 'a' }}
{{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' == 1 }} {{ none == false }} {{ [1] == [1] }} {{ (1,) == [1] }} {{ {'a': 1} == {'a': 1.0} }}
{{ 1 < 'a' }}
{{ none < 1 }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ -7 % 3 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 2 ** -1 }} {{ 2 ** 100 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }}
{{ 1 / 0 }}
{{ 1 + true }} {{ 1.5 + 1 }} {{ 3 * 'ab' }} {{ [1] * 2 }} {{ (1, 2) + (3,) }} {{ 10 / 4 }} {{ 1e3 }} {{ 1_000 }} {{ 0x1F }} {{ 0b101 }} {{ 1.5e-7 }} {{ 1e16 }} {{ 123456789012345.6 }} {{ 0.1 + 0.2 }} {{ 1e22 }} {{ 5.0 }} {{ -0.0 }}
{{ 'a' + 1 }}
{{ [1] + (2,) }}
{{ -'a' }}
{{ 'a' ~ 1 ~ none ~ true ~ 1.0 ~ [1, 'x'] }}{{ nothing ~ 'x' }}
{{ '%s is %d and %.2f, %r %5s|%-5s|%05d %x %%' % ('it', 3, 2.345, "q'q", 'r', 'l', 42, 255) }}{{ 'one %s' % 1 }}{{ '%(a)s' % {'a': 1} }}
{{ '%s %s' % 'a' }}
{{ "%s-%s"|format('a', 2) }}{{ '%(x)s'|format(x=1) }}
{{ '{} {1}'.format(1, 2) }}
{{ '{} {}'.format(1, 'b') }}{{ '{0}{1}{0} {name} {{x}} {0!r}'.format('a', 2, name='n') }}
{{ '\n\t\\\'\"'|tojson }}{{ "\u00e9\x41\U0001F600\101\q" }}{{ 'é\é' }}
{{ 'it\'s' }}
{{ [1, 'a', "it's", none, true, 1.0, (1,), {'k': [2]}] }} {{ () }} {{ {} }} {{ (1, 2) }} {{ {'a': {'b': 'c"d'}} }}
{{ ['é', '\n', '\u200b', '😀', "'", '"', '\'"', '\\'] }}
{{ true }} {{ True }} {{ none }} {{ None }} {{ false }} {{ yes }} {{ big }} {{ real }}
{{ nothing }}|{{ nothing.x }}
{{ messages[0].nothing }}|{{ messages[0]['nothing'] }}|{{ messages[99] }}|{{ number.foo }}|{{ none.foo }}|
{{ messages[0].nothing.more }}
{{ messages[99].role }}
{{ none.foo.bar }}
{{ nothing[0] }}
{{ nothing() }}
{{ nothing + 1 }}
{{ 'x' + nothing }}
{{ nothing < 1 }}
{{ nothing == nothing2 }} {{ nothing == none }} {{ nothing != 1 }} {{ not nothing }} {{ nothing|length }} {{ nothing|list }} {{ 'x' in nothing }} {{ nothing in [1] }}
{{ nothing|tojson }}
{{ nothing|upper }}|{{ nothing|trim }}|{{ nothing|join(',') }}|{{ nothing|default('d') }}|{{ nothing|first is defined }}|{{ nothing|string }}|{{ nothing|replace('a', 'b') }}|{{ nothing|items|list }}
{{ nothing|int }}
{% for x in nothing %}x{% else %}none{% endfor %}
{% for x in none %}x{% endfor %}
{% for x in 5 %}x{% endfor %}
{{ 'y' if nothing }}|{{ 'y' if 1 }}|{{ ('y' if nothing) is defined }}
{{ ('y' if nothing).x }}
{{ 'a' if 0 else 'b' if 0 else 'c' }}
{{ 1 if 2 if 0 else 3 else 4 }}
{{ tools is defined }} {{ documents is none }} {{ documents is defined }} {{ nothing is none }} {{ nothing is undefined }} {{ messages is sequence }} {{ 'a' is sequence }} {{ messages[0] is sequence }} {{ 1 is sequence }} {{ nothing is sequence }} {{ messages[0] is mapping }} {{ [] is mapping }}
{{ 'a' is iterable }} {{ 1 is iterable }} {{ nothing is iterable }} {{ messages[0] is iterable }} {{ none is iterable }} {{ 'a' is string }} {{ 1 is string }} {{ 1 is number }} {{ true is number }} {{ 1.0 is number }} {{ true is integer }} {{ 1 is integer }} {{ 1.0 is float }} {{ true is boolean }} {{ 1 is boolean }} {{ true is true }} {{ 1 is true }} {{ false is false }}
{{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 'a' is in ['a'] }} {{ 'a' is in 'abc' }} {{ 1 is eq 1 }} {{ 2 is gt 1 }} {{ 1 is ne 1 }} {{ 1 is lessthan 2 }} {{ 'a' is lower }} {{ 'A' is upper }} {{ 'aB' is lower }} {{ none is sameas none }} {{ 'upper' is filter }} {{ 'odd' is test }} {{ range is callable }} {{ 'x' is callable }} {{ 1 is not odd }} {{ not 1 is odd }}
{{ 1 is odd is odd }}
{{ 'b' in 'abc' }} {{ 'd' not in 'abc' }} {{ 'role' in messages[0] }} {{ 2 in [1, 2.0] }} {{ '' in 'a' }} {{ 3 in range(5) }} {{ not 'a' in 'b' }}
{{ 1 in 'abc' }}
{{ 1 in 5 }}
{{ 'abcdef'[1:3] }} {{ 'abcdef'[::-1] }} {{ 'abcdef'[-2:] }} {{ 'abcdef'[:-2] }} {{ 'abcdef'[4:1:-2] }} {{ [1, 2, 3][::-1] }} {{ [1, 2, 3][-100:2] }} {{ (1, 2, 3)[1:] }} {{ 'abc'[5:] }}| {{ '😀é'[0] }}{{ '😀é'[1] }}{{ '😀é'|length }}{{ 'a😀b'[::-1] }} {{ range(10)[2:8:3]|list }}
{{ 'abc'[0] }} {{ 'abc'[-1] }} {{ 'abc'.1 }} {{ [1, [2, 3]][1][0] }} {{ 'abc'[9] }}| {{ {1: 'a', 'b': 2}[1] }} {{ {'a': 1}.a }} {{ messages[-1]['role'] }}
{{ documents[1:] }}
{{ messages[0][1:] }}
{{ nothing[1:] }}
{{ (messages|items)[1:] }}
{{ range(10)[2:8:3] }} {{ range(10)[::-1] }} {{ range(10)[2] }} {{ range(3)[9] }}|{{ range(3) == range(3) }}{{ range(3) == [0, 1, 2] }}
{{ [none, none]|sort }} {{ [a, b]|sort }} {{ [[2, 'b'], [1, 'c'], [2, 'A']]|sort }}
{{ 'abc'[::0] }}
{{ {'items': 1, 'x': 2}['items'] }} {{ {'a': 1}.items() }} {{ {'a': 1}.keys() }} {{ {'a': 1}.values()|list }} {{ {'a': 1}.get('b') }} {{ {'a': 1}.get('b', 5) }} {{ {'a': 1}['get']('a') }}
{{ {'keys': 3}.keys is callable }} {{ {'a': none}.a is none }} {{ {'a': 1}.copy() }}
{{ {1: 'a', true: 'b', 1.0: 'c'} }} {{ {'a': 1, 'a': 2} }} {{ {(1, 2): 'x'}[(1, 2)] }}
{{ {[1]: 2} }}
{{ [1].append(2) }}
{{ messages[0].update({}) }}
{{ messages[0].pop('role') }}
{{ [].append is defined }} {{ ''.__class__ is defined }}
{{ ''.__class__.__mro__ }}
{{ 'abc'.__len__() }}
{{ [1, 2, 1].count(1) }}{{ [1, 2].index(2) }}
{% set ns = namespace(x=1, found=false) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}{{ ns.found }}{{ ns.none }}{{ ns }}
{% set x = 1 %}{% set x.y = 2 %}
{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set (c, d) = [3, 4] %}{{ c }}{{ d }}{% set t = 1, 2 %}{{ t }}
{% for e, in [[5]] %}{% endfor %}
{% set e, = [5] %}
{% set a, b = [1] %}
{% set a, b = [1, 2, 3] %}
{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}
{% for i in [1, 2] %}{{ y }}{% set y = i %}{{ y }}{% endfor %}{{ y }}
{% if true %}{% set z = 5 %}{% endif %}{{ z }}{% if false %}{% set tools = 5 %}{% endif %}{{ tools|length }}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% set c = 3 %}{% endwith %}{{ a }}{{ c }}{% with %}{% set q = 1 %}{{ q }}{% endwith %}
{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}
{% set x %}  body {{ number }} {% endset %}[{{ x }}]{{ x is string }}{% set y | upper | trim %} low {% endset %}[{{ y }}]
{% set inner %}{% set w = 1 %}{{ w }}{% endset %}{{ inner }}{{ w }}
{% filter upper | replace('B', 'x') %}abc{% set v = 1 %}{% endfilter %}{{ v }}
{% macro f(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }};{% endmacro %}{{ f(1) }}{{ f(1, 3) }}{{ f(b=5, a=4) }}{{ f() }}
{% macro f(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, 3, k=4) }}{{ f(1) }}{{ f.name }}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1, 2) }}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f(b=2) }}
{% macro f(a) %}{{ a.x }}{% endmacro %}{{ f() }}
{% macro f(a, b=1, c) %}{% endmacro %}
{% macro f(n) %}{% if n > 0 %}{{ n }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}{{ f(2)|length }}
{% macro f() %}{{ late }}{% endmacro %}{{ f() }}{% set late = 'L' %}{{ f() }}
{% for i in [1] %}{% macro g() %}{{ i }}{{ loop.index }}{% endmacro %}{{ g() }}{% endfor %}{{ g is defined }}
{% macro f() %}{{ i }}{% endmacro %}{% for i in [1] %}{{ f() }}{% endfor %}|
{% macro row(items) %}<{% for i in items %}{{ caller(i, loop.index) }}{% endfor %}>{% endmacro %}{% call(x, n) row(['a', 'b']) %}{{ n }}{{ x }},{% endcall %}
{% macro f() %}{{ caller is defined }}{% endmacro %}{{ f() }}{% call f() %}{% endcall %}
{% macro f() %}x{% endmacro %}{% call f() %}{% endcall %}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f(*[1]) }}{{ f(**{'a': 2}) }}
{{ dict(a=1, **{'b': 2}) }} {{ dict([('x', 1)]) }} {{ dict({'y': 2}, z=3) }}
{{ range(3)|list }} {{ range(3) }} {{ range(5, 1, -2)|list }} {{ range(0)|list }} {{ range(1, 3)|length }}
{{ range(100001) }}
{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }};{% endfor %}
{% for m in messages %}{{ loop.previtem.role if loop.previtem is defined else '-' }}<{{ loop.nextitem.role if not loop.last else '-' }}{% endfor %}
{% for m in messages if m.content %}{{ loop.index }}{{ loop.last }}{{ m.role }}{% endfor %}
{% for m in messages if loop.index %}x{% endfor %}
{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{{ loop.cycle('a', 'b') }}{% endfor %}
{% for x in [1] %}{{ loop.nope }}{{ loop.parent is defined }}{% endfor %}{{ loop }}
{% for x in [1, 2] %}{% set outer = loop %}{% for y in [1, 2] %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
{% for x in [[1, [2, [3]]], 4] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}@{{ loop.depth }}{% endif %}{% endfor %}
{% for x in [1] %}{{ loop(x) }}{% endfor %}
{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}{% for k in {'a': 1} %}{{ k }}{% endfor %}{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for x in [1, 2, 3, 4] %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% else %}never{% endfor %}
{% for x in [] %}{% else %}{% set e = 1 %}e{% endfor %}{{ e }}
{% for x in 'ab' %}{{ x }},{% endfor %}{% for x in (1, 2) %}{{ x }}{% endfor %}
{% for x in 1, 2 %}{{ x }}{% endfor %}
{% for x in words|map('upper') %}{{ x }}{{ loop.length }}{% endfor %}
{% break %}
{% for x in [1] %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}
{% set ns = namespace(go=true) %}{% for x in [1, 2, 3] if ns.go %}{{ x }}{% if x == 2 %}{% set ns.go = false %}{% endif %}{% endfor %}
{{ words|sort }} {{ words|sort(reverse=true) }} {{ words|sort(case_sensitive=true) }} {{ rows|sort(attribute='v')|map(attribute='k')|join }} {{ rows|sort(attribute='k,v')|map(attribute='v')|join }}
{{ [3, 'a']|sort }}
{{ rows|map(attribute='in.n')|list }} {{ rows|map(attribute='nope', default=0)|list }} {{ rows|map(attribute='v')|sum }} {{ rows|sum(attribute='v') }} {{ [[1]]|map('first')|list }} {{ [1, 2]|map('string')|join('-') }} {{ ['a']|map('replace', 'a', 'b')|list }} {{ [1, none]|map('default', 3, true)|list }}
{{ rows|selectattr('v', 'gt', 1)|map(attribute='k')|list }} {{ rows|rejectattr('v', '==', 1)|list|length }} {{ messages|selectattr('tool_calls')|list|length }} {{ messages|rejectattr('tool_calls', 'defined')|map(attribute='role')|join(',') }} {{ [0, 1, 2]|select|list }} {{ [0, 1]|reject|list }} {{ [1, 2, 3]|select('odd')|list }} {{ [1, 2, 3]|reject('divisibleby', 3)|list }} {{ rows|selectattr('k', 'in', ['x', 'y'])|list|length }}
{{ rows|selectattr('v', 'nope', 1)|list }}
{{ 'yes' if messages|selectattr('role', 'equalto', 'nobody') else 'no' }}
{{ messages|map(attribute='role')|length }}
{% set g = messages|map(attribute='role') %}{{ g|list|length }}{{ g|list|length }}
{{ (messages|map(attribute='role'))[0] }}|{{ messages|map(attribute='role')|first }}|{{ 'tool' in messages|map(attribute='role') }}
{% for k, g in rows|groupby('k') %}{{ k }}:{{ g|map(attribute='v')|join(',') }};{% endfor %}{{ (rows|groupby('k'))[0].grouper }}{{ (rows|groupby('k', case_sensitive=true))|length }}{{ [{'a': 1}]|groupby('a') }}
{{ [1, 2, 3, 4, 5]|batch(2, 'x')|list }} {{ [1, 2, 3, 4, 5]|slice(3)|list }} {{ [1, 2, 3, 4]|slice(3, 'x')|list }}
{{ ['a', 'A', 'b']|unique|list }} {{ ['a', 'A']|unique(case_sensitive=true)|list }} {{ rows|unique(attribute='k')|map(attribute='v')|list }} {{ [1, 1.0, true]|unique|list }}
{{ {'b': 1, 'A': 2}|dictsort }} {{ {'b': 1, 'a': 2}|dictsort(by='value') }} {{ {'b': 1, 'A': 2}|dictsort(true) }} {{ {'b': 1, 'a': 2}|dictsort(reverse=true) }}
{{ {'a': 1}|items|list }} {{ {'a': 1}|list }} {{ 'ab'|list }} {{ {'a': 1}|length }} {{ 'abc'|count }} {{ {'a': 1}|first }}
{{ 5|items|list }}
{{ 5|length }}
{{ [1, 2]|first }} {{ [1, 2]|last }} {{ []|first is defined }} {{ 'abc'|first }} {{ 'abc'|last }} {{ [3, 1]|min }} {{ ['a', 'B']|max }} {{ rows|max(attribute='v') }} {{ []|max }}|
{{ [1, 'a', none]|join('-') }} {{ rows|join(',', attribute='k') }} {{ 'abc'|join('.') }} {{ [[1]]|join }}
{{ 5|join }}
{{ [1, 2, 3]|reverse|list }} {{ 'abc'|reverse }} {{ {'a': 1, 'b': 2}|reverse|list }} {{ messages|reverse|map(attribute='role')|first }}
{{ 'a'|default('d') }} {{ ''|default('d') }}| {{ ''|default('d', true) }} {{ none|default('d') }} {{ none|d('x', boolean=true) }} {{ nothing|d }}|
{{ text|title }} {{ text|capitalize }} {{ text|upper }} {{ 'ABC'|lower }} {{ text|wordcount }} {{ 'ab'|center(7) }}| {{ text|length }} {{ "o'neil (x) [y] ünder-é"|title }} {{ 'ß'|upper }}
{{ text|indent }}|{{ text|indent(2, true) }}|{{ text|indent(width='> ') }}|{{ 'a\n\nb'|indent(2) }}|{{ 'a\n\nb'|indent(2, blank=true) }}|{{ 'a\n'|indent }}|{{ ''|indent(2, true) }}|
{{ 5|indent }}
{{ '  a '|trim }}| {{ 'xxaxx'|trim('x') }} {{ '\u00a0a\u2003'|trim }} {{ 5|trim }} {{ 'aaa'|replace('a', 'b', 2) }} {{ 5|replace(5, 6) }} {{ 'abc'|replace('', '-') }}
{{ 'a long text here indeed'|truncate(10) }} {{ 'a long text here indeed'|truncate(10, true) }} {{ 'short'|truncate(3) }} {{ 'a long text here'|truncate(9, false, '…', 0) }}
{{ '42'|int }} {{ '4.7'|int }} {{ 'x'|int }} {{ 'x'|int(5) }} {{ 4.9|int }} {{ '0x1f'|int(base=16) }} {{ none|int }} {{ true|int }} {{ '3.5'|float }} {{ 'x'|float }} {{ 3|float }} {{ -3|abs }} {{ '-3'|int|abs }} {{ 2.5|round }} {{ 3.5|round }} {{ 2.345|round(2) }} {{ 2.1|round(0, 'ceil') }} {{ 2.9|round(method='floor') }} {{ 7|round }} {{ 1234|round(-2) }} {{ 5|string + '5' }}
{{ '<a href="x">\'&'|e }} {{ '<'|escape|safe }} {{ ('<'|e) + '<' }} {{ ('<'|e) ~ '<' }} {{ '<'|safe|string|upper }} {{ ('<'|safe) is string }} {{ '<b>'|e|replace('b', 'c') }} {{ '<'|e|length }} {{ 5|e }} {{ '<'|forceescape }} {{ '<'|e|e }} {{ '<'|e is escaped }}
{{ messages|tojson }}
{{ tools|tojson(indent=2) }}
{{ tools[0]|tojson(separators=(',', ':')) }} {{ {'b': 1, 'a': [], 'c': {}}|tojson(sort_keys=true) }} {{ 'é😀\x7f\u2028'|tojson }} {{ 'é😀\x7f\u2028'|tojson(ensure_ascii=true) }} {{ {'a': []}|tojson(indent=4) }} {{ [1, {'a': 2}]|tojson(indent='--') }} {{ {1: 2, none: 3, true: 4, 1.5: 5}|tojson }} {{ [1.0, 1e20, 1e-7, big, none, true]|tojson }} {{ (1, 2)|tojson }} {{ [1, 2]|tojson(indent=1, separators=(';', '=')) }} {{ [1, 2]|tojson(false, 0) }}
{{ range(2)|tojson }}
{{ messages|map(attribute='role')|tojson }}
{{ {(1, 2): 3}|tojson }}
{{ 'x'|tojson(nope=1) }}
{{ ' a b  c '.split() }} {{ 'a,b,,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a b c '.split(none, 1) }} {{ 'a b c'.rsplit(' ', 1) }} {{ ' a b  c '.rsplit(none, 1) }} {{ 'abc'.split('x') }} {{ ''.split(',') }} {{ ''.split() }} {{ 'a,b,c'.rsplit(',') }} {{ 'a,b'.split(sep=',', maxsplit=-1) }} {{ 'aXXbXXc'.rsplit('XX', 1) }}
{{ 'abc'.split('') }}
{{ 'a\nb\r\nc\x0bd\u2028e'.splitlines() }} {{ 'a\n\nb\n'.splitlines(true) }} {{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'abc'.partition('x') }} {{ 'abc'.rpartition('x') }}
{{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('b') }} {{ 'abc'.find('x') }} {{ 'abcabc'.find('a', 1) }} {{ '😀ab'.find('b') }} {{ 'abc'.index('b') }} {{ 'aaaa'.count('aa') }} {{ 'abc'.count('') }} {{ 'abcabc'.count('b', 2) }} {{ 'abcabc'.find('c', -2) }}
{{ 'abc'.index('x') }}
{{ 'abc'.startswith('a') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.endswith('bc') }} {{ 'abc'.startswith('b', 1) }} {{ 'abc'.startswith('') }} {{ 'abc'.endswith('b', 0, 2) }}
{{ 'abc'.startswith(['a']) }}
{{ 'abc'.startswith(none) }}
{{ ' a '.strip() }}| {{ 'xax'.strip('x') }} {{ '\n\na\n'.lstrip('\n') }}| {{ 'a\n'.rstrip() }}| {{ 'abcba'.strip('ab') }} {{ ' a'.strip(none) }} {{ 'abc'.removeprefix('ab') }} {{ 'abc'.removesuffix('bc') }} {{ 'abc'.removesuffix('x') }}
{{ 'aaa'.replace('a', 'b', 2) }} {{ 'aaa'.replace('a', '') }} {{ 'abc'.replace('', '-') }} {{ 'abc'.replace('', '-', 2) }} {{ 'abc'.replace('x', 'y') }} {{ 'aaa'.replace('a', 'b', 0) }}
{{ 'a'.replace(1, 2) }}
{{ 'hello wOrld'.title() }} {{ "it's they're".title() }} {{ 'hELLO wORLD'.capitalize() }} {{ 'aBc'.swapcase() }} {{ 'ab'.upper() }} {{ 'ÀÉ'.lower() }} {{ 'ß'.casefold() }} {{ 'ab'.center(5, '*') }} {{ 'ab'.ljust(4) }}| {{ 'ab'.rjust(4, '.') }} {{ '-5'.zfill(4) }} {{ 'abc'.center(6, '-') }} {{ '5'.zfill(3) }}
{{ '12'.isdigit() }} {{ '1²'.isdigit() }} {{ '1²'.isdecimal() }} {{ '½'.isnumeric() }} {{ 'ab'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' \n'.isspace() }} {{ ''.isspace() }} {{ 'aB'.isupper() }} {{ 'A1'.isupper() }} {{ 'a b'.islower() }} {{ 'é'.isascii() }} {{ 'Ab Cd'.istitle() }} {{ ''.isalpha() }}
{{ ', '.join(['a', 'b']) }} {{ ''.join(words) }} {{ '-'.join('abc') }} {{ '-'.join({'a': 1}) }}
{{ ', '.join([1]) }}
{{ 'abc'.nope() }}
{{ 'abc'.upper(1) }}
{{ 5 .foo }}|{{ [1].foo }}|{{ 'abc'.foo }}
{{ text.foo.bar }}
{{ raise_exception('No: ' ~ messages[0].role) }}
{% if nothing %}{{ raise_exception('x') }}{% endif %}ok
{{ strftime_now('%d %b %Y') }}|{{ strftime_now('%A %a %B %-d %e %j %H:%M:%S %I %p %y %f %Y-%m-%d %U %W %w %u %V %G %F %T %D %R %c %x %X %% %z|%Z %h %C %n %t %k %l %-m %-H %-I %_d %^a %#p') }}
{{ strftime_now is defined }}{{ raise_exception is defined }}{{ namespace is defined }}
{{ strftime_now() }}
{% set j = joiner('; ') %}{% for x in [1, 2, 3] %}{{ j() }}{{ x }}{% endfor %}
{% generation %}{% set q = 1 %}a{{ q }}{% endgeneration %}{{ q }}
{% for m in messages %}{%- if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% endif %}{% endfor %}
{% print 'a' ~ 1 %}{% print 1, 2 %}
{% do 1 %}
{% nope %}
{% include 'x' %}
{% if 1 %}
{% for x in [1] %}{% endif %}
{% endif %}
{{ 1 +
{{ 1 }
{{ }}
{{ (1 }}
{{ 'abc }}
{# never
{% raw %}x
{{ x|nope }}
{% if nothing %}{{ x|nope }}{% endif %}ok
{{ x|nope if nothing else 'fine' }}
{{ x is nope }}
{{ a b }}
{{ 1 & 2 }}
{{ a.1.2 }}{{ a..b }}
{% set 1 = 2 %}
{% set true = 2 %}
{% for in x %}{% endfor %}
{% set x %}a
{{ 'a' if }}
{{ f(a=1, 2) }}
{{ f(a=1, a=2) }}
{{ [1, 2,] }}{{ {'a': 1,} }}{{ (1,) }}{{ dict(a=1,) }}
{{ {'a': {'b': {'c': 1}}} }}{{ {'x': '}}'} }}
{{ "{{ '{%' }}" }}{% if '%}' %}x{% endif %}
{{-1}}{{ -1 }}{{+1}}{{ 3-1 }}{{ 3 -1 }}
{%if true%}a{%endif%}{{'b'}}{%-if true-%} c {%-endif-%} d
{{ {'role': 'x'}.role }}{{ ({'a': 1}).a }}{{ [1, 2][0] }}{{ 'a'.upper().lower() }}{{ ('a' ~ 'b').upper() }}{{ 'a' ~ 'b'.upper() }}
{{ 1 + 2 | string }}
{{ 'x' | upper ~ 'y' | upper }}{{ 1 ~ 2 | string ~ 'a' }}{{ -1 | abs }}{{ not 'a' in ['a'] }}{{ 1 in [1] and 2 in [2] }}{{ 2 * 3 ~ 4 }}{{ 1 ~ 2 + '3' }}
{{ 1 ~ 2 + 3 }}
{{ 'a' in 'abc' == true }}{{ 1 == 1 in [1] }}{{ (1 == 1) in [true] }}
{{ messages[0].content if messages[0].role == 'system' and messages[0].content is string else '' | trim }}
{{ messages[2].tool_calls[0].function.arguments.items() | list }} {{ messages[2].tool_calls[0].function.arguments }} {{ messages[2].content is none }}
{% set content = messages[-1].content %}{% if '</think>' in content %}{{ content.split('</think>')[-1].lstrip('\n') }}|{{ content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') }}{% endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}{%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}{%- set ns.multi_step_tool = false %}{%- set ns.last_query_index = index %}{%- endif %}{%- endfor %}{{ ns.last_query_index }}
{%- macro render_type(spec) -%}{%- if spec.type is string -%}{{ spec.type }}{%- elif spec.type is iterable -%}{{ spec.type | join(' | ') }}{%- else -%}any{%- endif -%}{%- endmacro -%}{%- for name, spec in tools[0].function.parameters.properties.items() %}{{ name }}: {{ render_type(spec) }}{{ ', ' if not loop.last }}{%- endfor %}
{% set loop_messages = messages[1:] %}{% for m in loop_messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}!{% endif %}{% endfor %}
{{ (messages | selectattr('role', 'equalto', 'user') | list)[-1].content[:5] }} {{ (messages | last).role }} {{ messages | map(attribute='content') | select('string') | map('length') | list }}
{{ nothing | default([]) | length }} {{ (nothing or []) | length }} {{ messages[0].get('content', '') | trim }} {{ messages[0]['content'] + '\n' }}{{ bos_token + '' }}
{% if tools is not none and tools | length > 0 %}T{% endif %}{% if not documents %}D{% endif %}{% if documents is defined and documents %}!{% endif %}
""".strip("\n").split("\n")

WHITE_SPACE = [
    "{{ 'a\\\nb' }}",
    "a  {%- if true -%}  b  {%- endif -%}  c",
    "a  {%+ if true +%}\n  b  {%- endif %}",
    "  {% if true %}\n  a\n  {% endif %}\nb\n",
    "  {{ 'x' }}  \n  {# c #}\n  y {# d #}\nz",
    "\n\n{% set x = 1 %}\n\n{{ x }}\n\n",
    "{{- 'a' -}}\n\n b {{- ' ' }}\n{{ 'c' }}\n",
    "{{ 'c' +}}",
    "{{ 'a' }}\n{%- if true %}\n\n x{% endif -%}\n y",
    "{% if true %}  {% if true %}  {% endif %}\n{% endif %}x",
    "\t{% if true %}\n\u00a0{% endif %}x",
    "{%- for x in [1, 2] %}\n  {{- x }}\n{%- endfor %}\n",
    "{% raw %}  {{ x }} {% if %} {% endraw %}y",
    "a {%- raw -%}  {{ b }}  {%- endraw -%} c",
    "  {% raw %}\n  b\n  {% endraw %}\nc",
    "a{# x {# y #}b{#- c -#} d {#+ e +#}\n f",
    "a\r\n{% if true %}\r\nb\r\n{% endif %}\rc\r\n",
    "{{ 'a\r\nb' }}|{{ 'a\nb'|length }}\n\n",
    "{{ 1\n+\n2 }}{{ [1,\n2] }}{#\n#}\n{{ nothing.x }}",
    "a { b } {x} {{ '{' }} % } #}",
    "",
    "\n",
]

def row(template):
    result = {"template": template}
    try:
        compiled = chat_template_utils._compile_jinja_template(template)
    except (jinja2.TemplateError, SyntaxError) as error:
        return result | {"read": f"{type(error).__name__}: {error}"}
    try:
        return result | {"text": compiled.render(**VARIABLES)}
    except Exception as error:
        return result | {"error": type(error).__name__, "words": str(error)}


def main():
    chat_template_utils.datetime = Clock
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    golden = {
        "versions": f"transformers {transformers.__version__}, jinja2 {jinja2.__version__}",
        "now": NOW.isoformat(),
        "variables": VARIABLES,
        "rows": [row(template) for template in TEMPLATES + WHITE_SPACE],
    }
    parts = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in golden.items()]
    TARGET.write_text("{\n" + ",\n".join(parts).replace('}, {"template"', '},\n{"template"') + "\n}\n")
    print(len(golden["rows"]), "rows")


main()
