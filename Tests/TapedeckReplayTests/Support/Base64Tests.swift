import Testing

@testable import TapedeckReplay

@Suite struct Base64Tests {
    /// The examples of RFC 4648, section 10, and a text with the last two digits.
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
        ("Zm9vYmFy", "foobar"), ("Pz8/Pj4+", "???>>>"),
    ])
    func `A text becomes the bytes that it stands for`(text: String, bytes: String) {
        #expect([UInt8](base64: text) == Array(bytes.utf8))
    }

    @Test(arguments: ["Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Z=g=", "Zm9_", "Zm 9", "Zm9v\n", "Zmé"])
    func `What is no Base64 becomes nothing`(text: String) {
        #expect([UInt8](base64: text) == nil)
    }
}
