#if HTTP
/// Certificates that are good for nothing but these tests, until the year 2120.
enum TestCertificates {
    /// Of an authority of the tests' own.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBaTCCARCgAwIBAgICEAEwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQVGFwZWRl
        Y2sgdGVzdCBDQTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGzEZ
        MBcGA1UEAwwQVGFwZWRlY2sgdGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABOVsvYj6xIwIn04oHnyHnucsxhuS6AlE3PSMWhir1wElnulTvvGT3GUm6RFv
        S4u6vzpRwIMJMSN05UgDorCdhOWjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0P
        AQH/BAQDAgIEMB0GA1UdDgQWBBSxGldZA3kE0B30CkNAr6SqTXzVqTAKBggqhkjO
        PQQDAgNHADBEAiBbR+5BMgwPIJQaGpV+S/eOn/aNXB89VNbK7vQ7NEpTxQIgBUji
        ZF8/ho2SYOTnbz/KkFudG64zRk9dWGz7RUL7m+8=
        -----END CERTIFICATE-----
        """

    /// Of a server at 127.0.0.1, by that authority.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBfTCCASKgAwIBAgICEAIwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQVGFwZWRl
        Y2sgdGVzdCBDQTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowETEP
        MA0GA1UEAwwGc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENtY7FYgi
        da+HP1Z048NyitsDgQ2AlYg0H3dTmb4/9IbK0aUZVbG9/meJWlCMaNlFRPfRjaFG
        CDrLUFNgYQ6vr6NeMFwwDwYDVR0RBAgwBocEfwAAATAJBgNVHRMEAjAAMB0GA1Ud
        DgQWBBRN+zZpf4GResKWnPv5Sec30YFZGjAfBgNVHSMEGDAWgBSxGldZA3kE0B30
        CkNAr6SqTXzVqTAKBggqhkjOPQQDAgNJADBGAiEAnA4NIcw4nYiE3kywocA+aXz1
        Anjwuu1bZTj5NEQY3kMCIQD5RSw/HKaH5CB6K68qORsquUECylbxGRW7nC2i98IF
        yA==
        -----END CERTIFICATE-----
        """

    /// Of a server of another name, by that authority.
    static let otherName = """
        -----BEGIN CERTIFICATE-----
        MIIBgzCCASigAwIBAgICEAMwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQVGFwZWRl
        Y2sgdGVzdCBDQTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowETEP
        MA0GA1UEAwwGc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENtY7FYgi
        da+HP1Z048NyitsDgQ2AlYg0H3dTmb4/9IbK0aUZVbG9/meJWlCMaNlFRPfRjaFG
        CDrLUFNgYQ6vr6NkMGIwFQYDVR0RBA4wDIIKb3RoZXIudGVzdDAJBgNVHRMEAjAA
        MB0GA1UdDgQWBBRN+zZpf4GResKWnPv5Sec30YFZGjAfBgNVHSMEGDAWgBSxGldZ
        A3kE0B30CkNAr6SqTXzVqTAKBggqhkjOPQQDAgNJADBGAiEA1HyR0bf3hjujoAbe
        i/YR3/GzRsUMTxJmHWqEQ+8KepcCIQDdOyHLJbfa1zlJ8XwjxNYvZLRtAjiK5yfw
        zc8mBUJvYw==
        -----END CERTIFICATE-----
        """

    /// Of a server at 127.0.0.1, by nobody but itself.
    static let selfSigned = """
        -----BEGIN CERTIFICATE-----
        MIIBTDCB86ADAgECAgIQBDAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARzZWxmMCAX
        DTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARzZWxm
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENtY7FYgida+HP1Z048NyitsDgQ2A
        lYg0H3dTmb4/9IbK0aUZVbG9/meJWlCMaNlFRPfRjaFGCDrLUFNgYQ6vr6M9MDsw
        DwYDVR0RBAgwBocEfwAAATAJBgNVHRMEAjAAMB0GA1UdDgQWBBRN+zZpf4GResKW
        nPv5Sec30YFZGjAKBggqhkjOPQQDAgNIADBFAiBHQEctrU2ZlyRwW0AXgqojOMAf
        LtntXpZ723ez5im62QIhAKltDls7P0Ed4lNGO6FOmInWb9hRoarJ9BocSNBpXGH7
        -----END CERTIFICATE-----
        """

    /// The key of all three servers.
    static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIG2r7ocNT6l1HIVzWCe/tCyNR5qAGSiF42KTiqxtjQsWoAoGCCqGSM49
        AwEHoUQDQgAENtY7FYgida+HP1Z048NyitsDgQ2AlYg0H3dTmb4/9IbK0aUZVbG9
        /meJWlCMaNlFRPfRjaFGCDrLUFNgYQ6vrw==
        -----END EC PRIVATE KEY-----
        """
}
#endif
