public import ArgumentParser
public import Tapedeck

// The parser reads these from their raw values and lists them in the help.
extension ExchangeFilter.State: ExpressibleByArgument {}
extension ExchangeFilter.Order: ExpressibleByArgument {}
extension ImportOptions.BadLinePolicy: ExpressibleByArgument {}
