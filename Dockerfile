# The published executable alone, on Debian's libc and OpenSSL.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish Exchange.csproj -c Release -o /publish

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
COPY --from=build /publish/exchange /exchange
ENV EXCHANGE_HOST=0.0.0.0 EXCHANGE_DATA=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/exchange"]
