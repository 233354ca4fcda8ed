import TapedeckJSON
import Testing

@Suite struct JSONTextPrettyPrintingTests {
    @Test func `Every member and element has its line, and tokens stay as they are`() throws {
        let text = try JSONText(validating: #" {"a":[1.10,1E5,"\u0041,{}"],"b":{},"c":[ ],"d":{"e":null}} "#)
        #expect(
            text.prettyPrinted() == #"""
                {
                  "a": [
                    1.10,
                    1E5,
                    "\u0041,{}"
                  ],
                  "b": {},
                  "c": [],
                  "d": {
                    "e": null
                  }
                }
                """#
        )
    }

    @Test(arguments: ["1.0", "\"a b\"", "null", "{}", "[]"])
    func `A value without parts stays as it is`(text: String) throws {
        #expect(try JSONText(validating: " \(text) ").prettyPrinted() == text)
    }

    @Test func `The indentation can be chosen`() {
        #expect(
            (["a": [1]] as JSONText).prettyPrinted(indentation: 4) == "{\n    \"a\": [\n        1\n    ]\n}"
        )
        #expect(([1, 2] as JSONText).prettyPrinted(indentation: 0) == "[\n1,\n2\n]")
    }

    @Test func `A part of a text is printed alone`() throws {
        let text = try JSONText(validating: #"{"a":[1,2],"b":3}"#)
        #expect(text["a"]?.prettyPrinted(indentation: 0) == "[\n1,\n2\n]")
        #expect(text["b"]?.prettyPrinted() == "3")
    }
}
