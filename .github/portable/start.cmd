@"%~dp0hygiene.exe" check
